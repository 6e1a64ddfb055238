"""The browser that tests drive, and whether they take the handbook's pictures anew."""

CHROMIUM = "/usr/bin/chromium"
# The container and the root user that tests may run as allow no sandbox of its own.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
PICTURE_WANTED = "HANDSLAG_TEST_PICTURE"  # set it to take the pictures anew
