import type { BoardLanguage } from './board-options.ts'

export type SpeechOutcome = 'spoken' | 'noVoice' | 'noSpeech'

/** Voices come late in some browsers: the list is empty at first. */
const VOICES_WITHIN_MS = 1_000

/** Reads a text in a language, offline where the device can. Resolves when it has been read, or says at once why not: a voice of another language would be noise. */
export async function speak(text: string, language: BoardLanguage): Promise<SpeechOutcome> {
  if (!('speechSynthesis' in window)) return 'noSpeech'
  const voice = (await voices()).find((one) => one.lang.toLowerCase().split(/[-_]/)[0] === language)
  if (voice === undefined) return 'noVoice'
  speechSynthesis.cancel()
  return await new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.addEventListener('end', () => resolve('spoken'))
    // "canceled" and "interrupted" are the reader's own wish.
    utterance.addEventListener('error', ({ error }) => resolve(/cancel|interrupt/.test(error) ? 'spoken' : 'noSpeech'))
    speechSynthesis.speak(utterance)
  })
}

export function stopSpeaking(): void {
  if ('speechSynthesis' in window) speechSynthesis.cancel()
}

function voices(): Promise<SpeechSynthesisVoice[]> {
  const known = speechSynthesis.getVoices()
  if (known.length > 0) return Promise.resolve(known)
  return new Promise((resolve) => {
    const done = (): void => resolve(speechSynthesis.getVoices())
    speechSynthesis.addEventListener('voiceschanged', done, { once: true })
    setTimeout(done, VOICES_WITHIN_MS)
  })
}
