import { createTheme, type MantineColorsTuple } from "@mantine/core";

const volt: MantineColorsTuple = [
  "#e6f7f4",
  "#cdebe5",
  "#9ad8cc",
  "#66c4b2",
  "#3cb39d",
  "#1fa68f",
  "#0f9480",
  "#0c7a6b",
  "#086357",
  "#044c43",
];

export const theme = createTheme({
  colors: { volt },
  primaryColor: "volt",
  primaryShade: 7,
  autoContrast: true,
  defaultRadius: "md",
  respectReducedMotion: true,
  cursorType: "pointer",
  fontFamily: "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "1.375rem" }, h2: { fontSize: "1.0625rem" }, h3: { fontSize: "0.9375rem" } },
  },
  // Scroll locking and the responsive props of layouts write <style> tags, which the page's policy refuses.
  components: {
    Modal: { defaultProps: { lockScroll: false, centered: true } },
    Drawer: { defaultProps: { lockScroll: false } },
    Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: "md" } },
    Paper: { defaultProps: { withBorder: true } },
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true } } },
  },
});
