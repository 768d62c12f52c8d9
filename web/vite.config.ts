import { readdirSync } from 'node:fs'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { appShell } from './app-shell.ts'

const root = new URL('.', import.meta.url).pathname

/** The pages, a document each: static files with hashed names, no inline script or style, so that `script-src 'self'; style-src 'self'` holds. */
export default defineConfig({
  root,
  plugins: [svelte(), appShell(root)],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // light-dark() and CSS nesting reach the browser as written.
    target: ['chrome123', 'safari17.5', 'firefox121'],
    // A data: URI would need a looser Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Every document here is a page; the manifest tells what each of them loads.
    manifest: true,
    rolldownOptions: {
      input: readdirSync(root)
        .filter((name) => name.endsWith('.html'))
        .map((name) => root + name),
    },
  },
})
