"""Files, from the upload to the download."""
