import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { licencesPlugin } from './setup/licences.mjs'

export default defineConfig({
  root: 'renderer',
  // A root in a folder hides svelte.config.js from the plugin unless it is named.
  plugins: [svelte({ configFile: '../svelte.config.js' }), licencesPlugin(import.meta.dirname)],
  build: {
    outDir: '../dist/window',
    emptyOutDir: true,
    // The page's policy allows no data: addresses.
    assetsInlineLimit: 0,
    target: 'es2023',
    // One file from the same computer: splitting it would only cost round trips.
    chunkSizeWarningLimit: 1000,
    modulePreload: { polyfill: false },
  },
})
