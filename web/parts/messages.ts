// First: a message that is asked for before would not know the language.
import './language.ts'

/** Every word of the pages, by key; made of web/messages by `npm run generate`. A page carries only those that it names. */
export { m } from '../generated/messages/messages.js'
