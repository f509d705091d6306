#!/bin/sh
# Makes sure that the page's tests have a browser: Debian's Chromium, where this may install it.
set -eu
if command -v chromium >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && apt-get install -y -qq chromium >/dev/null
else
    echo "No Chromium here: the tests of the page will be skipped. Install it to run them." >&2
fi
