// Applied before the first paint; the rest of the settings can wait for the application.
try {
  document.documentElement.dataset.theme = JSON.parse(localStorage.getItem('kibitz.settings')).theme;
} catch (e) {}
