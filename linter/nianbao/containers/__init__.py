"""What a file is packed in: zip archives, OLE compound files, and packages of Office Open XML."""
