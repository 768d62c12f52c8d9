const WAIT_MS = 8_000
const FRESH_MS = 60_000

/** Where this phone is, if it may be asked and knows; null otherwise. */
export function whereAmI(): Promise<{ latitude: number; longitude: number } | null> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) {
      resolve(null)
      return
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude }),
      () => resolve(null),
      { enableHighAccuracy: false, timeout: WAIT_MS, maximumAge: FRESH_MS },
    )
  })
}
