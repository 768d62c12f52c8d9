import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

/** The pages: static files with hashed names, no inline script or style, so that `script-src 'self'; style-src 'self'` holds. */
export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  plugins: [svelte()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // light-dark() and CSS nesting reach the browser as written.
    target: ['chrome123', 'safari17.5', 'firefox121'],
    // A data: URI would need a looser Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
