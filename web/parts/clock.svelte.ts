/**
 * The product's clock in the page: anchored by every `now` that the server sends, running on at its speed in between.
 * `now` is epoch ms and moves once a second, which is as often as a page needs to be drawn anew.
 */
export function createClock(speed: number, serverNow: number) {
  let anchorProduct = serverNow
  let anchorReal = performance.now()
  const read = (): number => anchorProduct + (performance.now() - anchorReal) * speed
  let now = $state(serverNow)
  const timer = setInterval(() => {
    now = read()
  }, 1000)
  return {
    get now(): number {
      return now
    },
    speed,
    /** Takes over the server's instant. A difference that only the network's delay explains does not turn the clock back. */
    anchor(at: number): void {
      const ahead = read() - at
      if (ahead > 0 && ahead < 1000 * speed) return
      anchorProduct = at
      anchorReal = performance.now()
      now = read()
    },
    stop: (): void => clearInterval(timer),
  }
}

export type Clock = ReturnType<typeof createClock>
