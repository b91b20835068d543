"""The site: settings, addresses, the page that all pages stand on, static files, sign-in."""
