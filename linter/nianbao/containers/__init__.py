"""Container formats: zip archives, OLE compound files, and packages of Office Open XML."""
