/** Enough to read a serial number by, small enough for a weak line. */
const LONGEST_SIDE_PX = 1600
const QUALITY = 0.82

/** A photo drawn anew: at most 1,600 pixels wide or high, and without what the camera wrote into it, such as the place. Throws when it is no image that this browser can read. */
export async function smallPhoto(file: Blob): Promise<{ canvas: HTMLCanvasElement; blob: Blob }> {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.width * scale))
  canvas.height = Math.max(1, Math.round(image.height * scale))
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  image.close()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  if (blob === null) throw new Error('the photo cannot be written')
  return { canvas, blob }
}
