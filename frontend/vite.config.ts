import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = "http://127.0.0.1:8765";

export default defineConfig({
  // relative addresses, so that the app also works below a path of a proxy
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../src/desirepath/web/static",
    emptyOutDir: true,
    target: "es2022",
  },
  server: { proxy: { "/api": { target: server, ws: true } } },
});
