import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { themeCss } from "./scripts/themeCss.ts";

/** What the server sends with these files; `npm run preview` serves the built pages under it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

const server = process.env.VOLTGATE_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), themeCss()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // A data: URL would have to be allowed by the page's policy; a file of ours is.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  worker: { format: "es" },
  server: { host: "127.0.0.1", proxy: { "/v1.1": server } },
  preview: { host: "127.0.0.1", proxy: { "/v1.1": server }, headers: { "Content-Security-Policy": policy } },
  test: { environment: "jsdom", setupFiles: "src/testing.ts", css: false },
});
