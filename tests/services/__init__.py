"""Use cases without HTTP, where that shows a rule better. Folders are those of `app/services`."""
