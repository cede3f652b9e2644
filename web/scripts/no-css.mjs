// Stands in for style sheets where tests run without a browser.
