/** The demo cannot be shown; the message says why. */
export class DemoUnusable extends Error {
  override readonly name = 'DemoUnusable'
}
