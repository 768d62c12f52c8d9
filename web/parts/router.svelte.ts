/** Where the reader is among the pages that share one document, and how to go elsewhere in it. The address is the state: reloading shows the same. */
export function createRouter(isOurs: (path: string) => boolean) {
  let path = $state(location.pathname)
  let search = $state(location.search)
  const read = (): void => {
    path = location.pathname
    search = location.search
  }

  function go(url: string | URL, options: { replace?: boolean } = {}): void {
    const to = new URL(url, location.href)
    const moved = to.pathname !== location.pathname
    if (options.replace === true) history.replaceState(null, '', to)
    else history.pushState(null, '', to)
    read()
    if (moved) scrollTo(0, 0)
  }

  const follow = (event: MouseEvent): void => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (link === null || link.target !== '' || link.hasAttribute('download') || link.origin !== location.origin) return
    // A jump within the page is the browser's.
    if (link.hash !== '' && link.pathname === location.pathname && link.search === location.search) return
    if (!isOurs(link.pathname)) return
    event.preventDefault()
    go(link.href)
  }
  addEventListener('popstate', read)
  document.addEventListener('click', follow)

  return {
    get path(): string {
      return path
    },
    /** The query of the address; change it with `set`. */
    get query(): URLSearchParams {
      return new URLSearchParams(search)
    },
    go,
    /** Changes parameters of the address in place; null takes one away. */
    set(changes: Record<string, string | null>): void {
      const url = new URL(location.href)
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) url.searchParams.delete(name)
        else url.searchParams.set(name, value)
      }
      go(url, { replace: true })
    },
  }
}

export type Router = ReturnType<typeof createRouter>
