/**
 * Lets a page open without the network: registers `/sw.js`, which keeps the documents and files of the driver's page and the stop board. What they show they keep
 * themselves. Resolves whether the page will open: browsers allow it on https and on localhost only, and not to everybody.
 */
export async function keepForOffline(): Promise<boolean> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return false
  try {
    await navigator.serviceWorker.register('/sw.js')
    await navigator.serviceWorker.ready
    return true
  } catch {
    return false
  }
}
