"""Files of old Office programs, converted by LibreOffice."""
