/* What the page does beyond being read: it lights up what belongs together, leads from one to the other, narrows
   the list down, and switches language and colours. Plain script for old browsers too; the page is whole without it. */
(function () {
  "use strict";
  const root = document.documentElement;
  const wide = window.matchMedia("(min-width: 62rem)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const byId = (id) => document.getElementById(id);

  const kept = {
    get(name) {
      try { return window.localStorage.getItem("nianbao-" + name); } catch (error) { return null; }
    },
    set(name, value) {
      try { window.localStorage.setItem("nianbao-" + name, value); } catch (error) { /* no storage: not remembered */ }
    },
  };

  /* ---- language and colours ---- */

  function speak(lang) {
    root.setAttribute("data-lang", lang);
    root.lang = lang === "zh" ? "zh-CN" : "en";
    all("[data-say]").forEach((one) => {
      const text = one.getAttribute("data-" + lang);
      const name = one.getAttribute("data-say");
      if (name === "text") one.textContent = text; else one.setAttribute(name, text);
    });
  }

  function isDark() {
    const chosen = root.getAttribute("data-theme");
    return chosen ? chosen === "dark" : dark.matches;
  }

  function paint(theme) {
    if (theme) root.setAttribute("data-theme", theme);
    const button = byId("theme");
    if (button) button.setAttribute("aria-pressed", String(isDark()));
  }

  /* ---- what lights up ---- */

  let pinned = null;   // what was chosen, and lights up again when the pointer has left something else
  let shown = null;
  let lit = [];
  let cameFrom = null;
  let waiting = 0;
  let lastAt = "";
  let pressed = false;   // the focus comes by pointer: what a click does is done by it
  let asked = false;

  function targets(hot) {
    return (hot.getAttribute("data-on") || "").split(" ").filter(Boolean).map((one) => {
      const parts = one.split(":");
      return { role: parts[0], element: byId(parts[1]) };
    }).filter((one) => one.element);
  }

  function light(hot) {
    if (hot === shown) return;
    lit.forEach((one) => one.classList.remove("lit", "lit-left", "lit-right"));
    lit = [];
    shown = hot;
    if (hot) {
      hot.classList.add("lit");
      lit.push(hot);
      targets(hot).forEach((one) => {
        one.element.classList.add("lit");
        if (one.role === "left" || one.role === "right") one.element.classList.add("lit-" + one.role);
        lit.push(one.element);
      });
    }
    lens(hot);
  }

  function lens(hot) {
    const strip = byId("lens");
    const why = hot && (byId(hot.getAttribute("data-why")) || hot);
    const sums = why && !isSeen(why.querySelector(".sum") || why) ? all(".sum, .holds", why) : [];
    strip.hidden = sums.length === 0;
    strip.textContent = "";
    sums.slice(0, 4).forEach((one) => {
      const line = document.createElement("p");
      one.childNodes.forEach((node) => line.appendChild(node.cloneNode(true)));
      line.className = one.className;
      strip.appendChild(line);
    });
  }

  function scrolled() {
    if (asked) return;
    asked = true;
    window.requestAnimationFrame(() => {
      asked = false;
      lens(shown);
    });
  }

  function isSeen(element) {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= window.innerHeight;
  }

  function reveal(hot) {
    const first = targets(hot)[0];
    const paper = first && first.element.closest(".paper");
    if (!paper || !wide.matches) return;
    const box = first.element.getBoundingClientRect();
    const frame = paper.getBoundingClientRect();
    const room = 60;
    aside(first.element);
    if (box.top >= frame.top + room && box.bottom <= Math.min(frame.bottom, window.innerHeight) - 2 * room) return;
    scrollPaper(paper, first.element);
  }

  /* A table that scrolls by itself brings a cell at its side into view. */
  function aside(element) {
    const table = element.closest(".scroll");
    if (!table) return;
    const over = element.getBoundingClientRect().right - table.getBoundingClientRect().right;
    const under = table.getBoundingClientRect().left - element.getBoundingClientRect().left;
    if (over > 0) table.scrollLeft += over + 8;
    if (under > 0) table.scrollLeft -= under + 8;
  }

  function pace() {
    return still.matches ? "auto" : "smooth";
  }

  function scrollPaper(paper, element) {
    const top = element.getBoundingClientRect().top - paper.getBoundingClientRect().top;
    const seen = Math.min(paper.clientHeight, window.innerHeight - Math.max(0, paper.getBoundingClientRect().top));
    paper.scrollTo({ top: paper.scrollTop + top - seen / 3, behavior: pace() });
  }

  function hotOf(element) {
    const hot = element.closest(".hot");
    if (hot) return hot;
    const cell = element.closest("td.mark, .passage");
    const tag = cell && cell.querySelector("a.tag");
    return tag ? byId(tag.getAttribute("data-entries").split(" ")[0]) : null;
  }

  /* The pointer also comes over something when the page moves below it: that points at nothing. */
  function point(event) {
    const at = event.screenX + ":" + event.screenY;
    if ((event.pointerType && event.pointerType !== "mouse") || at === lastAt) return;
    lastAt = at;
    const hot = hotOf(event.target);
    window.clearTimeout(waiting);
    light(hot || pinned);
    if (hot && event.target.closest(".list")) waiting = window.setTimeout(() => reveal(hot), 150);
  }

  function unfold(element) {
    for (let one = element.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
  }

  function goTo(element, from) {
    cameFrom = from;
    unfold(element);
    const paper = wide.matches && element.closest(".paper");
    if (paper) scrollPaper(paper, element);
    element.scrollIntoView({ block: paper ? "nearest" : "center", inline: "nearest", behavior: pace() });
    element.focus({ preventScroll: true });
  }

  /* A link from the list to a cell: to the one that it was come from, if that is one of its cells. */
  function toCell(link) {
    const hot = link.closest(".hot");
    const back = cameFrom && cameFrom.closest("td, .passage");
    const own = targets(hot).map((one) => one.element);
    const cell = back && own.indexOf(back) >= 0 ? back : byId(link.getAttribute("href").slice(1));
    if (!cell) return;
    goTo(cell.querySelector("a.tag") || cell, link);
    pinned = hot;
    light(hot);
  }

  /* A sign in a cell: to its entry, and when it is the one shown, to the next of its entries. */
  function toEntry(tag) {
    const names = tag.getAttribute("data-entries").split(" ").filter((name) => byId(name) && !byId(name).hidden);
    if (!names.length) return;
    const at = pinned ? names.indexOf(pinned.id) : -1;
    const entry = byId(names[(at + 1) % names.length]);
    goTo(entry.querySelector("h4 a") || entry, tag);
    pinned = entry;
    light(entry);
  }

  function click(event) {
    pressed = false;
    const link = event.target.closest("a");
    const cell = event.target.closest("td.mark, .passage mark");
    const sign = cell && cell.closest("td, .passage").querySelector("a.tag");
    if (!link && sign && !String(window.getSelection())) {
      toEntry(sign);
    } else if (link && link.classList.contains("tag")) {
      event.preventDefault();
      toEntry(link);
    } else if (link && link.closest(".list") && link.closest(".hot")) {
      event.preventDefault();
      toCell(link);
    } else if (!link) {
      const hot = hotOf(event.target);
      pinned = hot;
      light(hot);
      if (hot && event.target.closest(".list")) reveal(hot);
    }
  }

  function focused(event) {
    const hot = pressed ? null : hotOf(event.target);
    if (!hot) return;
    if (hot !== pinned && !(event.target.classList.contains("tag") && shown && lit.indexOf(event.target.closest("td, .passage")) >= 0)) {
      pinned = hot;
      light(hot);
    }
    if (event.target.closest(".list")) reveal(hot);
  }

  function key(event) {
    pressed = false;
    if (event.key !== "Escape") return;
    if (cameFrom) {
      const back = cameFrom;
      goTo(back, null);
    } else {
      pinned = null;
      light(null);
    }
  }

  /* ---- filters ---- */

  const said = new WeakMap();

  function words(entry) {
    if (!said.has(entry)) {
      const heading = entry.closest(".report").querySelector("h2");
      said.set(entry, (heading.textContent + " " + entry.textContent).toLowerCase());
    }
    return said.get(entry);
  }

  function wanted() {
    const form = document.querySelector("#filters form");
    const checked = (name) => all('input[name="' + name + '"]:checked', form).map((one) => one.value);
    const value = (name) => (form.elements[name] ? form.elements[name].value : "");
    return {
      severity: checked("severity"),
      outcome: checked("outcome"),
      code: value("code"),
      report: value("report"),
      words: value("words").trim().toLowerCase(),
    };
  }

  function fits(entry, want) {
    const severity = entry.getAttribute("data-severity");
    const codes = (entry.getAttribute("data-codes") || "").split(" ");
    return want.outcome.indexOf(entry.getAttribute("data-outcome")) >= 0 &&
      (!severity || want.severity.indexOf(severity) >= 0) &&
      (!want.code || codes.indexOf(want.code) >= 0) &&
      (!want.words || words(entry).indexOf(want.words) >= 0);
  }

  function narrow() {
    const want = wanted();
    const narrowed = want.code || want.words || all("#filters input[type=checkbox]:not(:checked)").length > 0;
    let count = 0;
    let total = 0;
    all(".report").forEach((report) => {
      const here = !want.report || want.report === report.getAttribute("data-number");
      let own = 0;
      all(".entry", report).forEach((entry) => {
        entry.hidden = !(here && fits(entry, want));
        own += entry.hidden ? 0 : 1;
        total += 1;
      });
      count += own;
      const many = document.querySelectorAll(".report").length > 1;
      report.hidden = !here || (many && Boolean(narrowed) && own === 0);
      const row = document.querySelector('.reports tr[data-number="' + report.getAttribute("data-number") + '"]');
      if (row) row.hidden = report.hidden;
      all(".group", report).forEach((group) => { group.hidden = none(all(".entry", group)); });
      all(".cause", report).forEach((cause) => { cause.hidden = none(namesOf(cause, "data-entries").map(byId)); });
      all(".why", report).forEach((why) => { why.hidden = none(all(".cause", why)); });
      all("[data-rule]", report).forEach((rule) => {
        const own = all(".entry", report).filter((entry) => namesOf(entry, "data-codes").indexOf(rule.getAttribute("data-rule")) >= 0);
        rule.hidden = none(own);
      });
      all(".advice", report).forEach((advice) => { advice.hidden = none(all("[data-rule]", advice)); });
      quieten(report);
    });
    tell(count, total);
    if (pinned && pinned.closest("[hidden]")) {
      pinned = null;
      light(null);
    }
  }

  function none(elements) {
    return elements.every((one) => one.hidden);
  }

  function namesOf(element, name) {
    return (element.getAttribute(name) || "").split(" ").filter(Boolean);
  }

  /* ---- the order of the reports ---- */

  function sort(button) {
    const order = button.getAttribute("data-sort");
    const body = document.querySelector(".reports tbody");
    const value = (row, name) => row.getAttribute("data-" + name) || "";
    const by = (name) => (one, other) => value(one, name).localeCompare(value(other, name), "zh", { numeric: true });
    const rows = all("tr", body).sort(by("rank"));
    if (order === "organ") rows.sort(by("year")).sort(by("organ"));
    else rows.sort(by(order));
    rows.forEach((row) => body.appendChild(row));
    all(".sorting button").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
  }

  /* ---- what is folded is unfolded on paper ---- */

  function fold(open) {
    all(".advice").forEach((one) => { one.open = open; });
  }

  /* Marks all of whose entries are filtered out are not marks for now. */
  function quieten(report) {
    all("a.tag", report).forEach((tag) => {
      const names = tag.getAttribute("data-entries").split(" ");
      const off = names.every((name) => byId(name) && byId(name).hidden);
      tag.closest("td, .passage").classList.toggle("off", off);
    });
  }

  function tell(count, total) {
    const place = byId("count");
    all("[data-template]", place).forEach((one) => {
      one.textContent = one.getAttribute("data-template").replace("{shown}", count).replace("{all}", total);
    });
    byId("nothing").hidden = count > 0 || total === 0;
  }

  /* ---- the beginning ---- */

  root.classList.add("js");
  paint(kept.get("theme"));

  document.addEventListener("DOMContentLoaded", () => {
    const lang = kept.get("lang");
    if (lang && lang !== root.getAttribute("data-lang")) speak(lang);
    paint(null);
    byId("language").addEventListener("click", () => {
      const next = root.getAttribute("data-lang") === "zh" ? "en" : "zh";
      kept.set("lang", next);
      speak(next);
    });
    byId("theme").addEventListener("click", () => {
      const next = isDark() ? "light" : "dark";
      kept.set("theme", next);
      paint(next);
    });
    byId("print").addEventListener("click", () => window.print());
    document.addEventListener("pointerover", point);
    document.addEventListener("pointerdown", () => { pressed = true; });
    document.addEventListener("click", click);
    document.addEventListener("scroll", scrolled, { passive: true });
    document.addEventListener("focusin", focused);
    document.addEventListener("keydown", key);
    const form = document.querySelector("#filters form");
    form.addEventListener("input", narrow);
    form.addEventListener("reset", () => window.setTimeout(narrow, 0));
    form.addEventListener("submit", (event) => event.preventDefault());
    if (!wide.matches) byId("filters").removeAttribute("open");
    all(".sorting button").forEach((one) => one.addEventListener("click", () => sort(one)));
    window.addEventListener("beforeprint", () => fold(true));
    window.addEventListener("afterprint", () => fold(false));
    fold(false);
    narrow();
    const start = byId(window.location.hash.slice(1));
    if (start) {
      unfold(start);
      pinned = hotOf(start);
      light(pinned);
    }
  });
})();
