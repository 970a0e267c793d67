// A file of its own, because the page's policy runs no inline script: it sets the colours before the first paint.
(() => {
  const wish = localStorage.getItem("mantine-color-scheme-value");
  const dark = wish === "dark" || (wish !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
