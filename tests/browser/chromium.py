"""The browser that tests drive, and whether they take new pictures for the handbook."""

CHROMIUM = "/usr/bin/chromium"
# Chromium's sandbox does not work in a container or for the root user.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
PICTURE_WANTED = "HANDSLAG_TEST_PICTURE"  # set it to take new pictures
