import { expect, test } from 'vitest'
import { readFeedInfo } from './feed-info.ts'

const file = (text: string) => new Map([['feed_info.txt', new TextEncoder().encode(text)]])

test('a feed says who publishes it and which version it is; what it leaves out is unknown', () => {
  expect(
    readFeedInfo(file('feed_publisher_name,feed_publisher_url,feed_lang,feed_version\nCity,https://a.b,bg,7\n')),
  ).toEqual({
    publisher: 'City',
    url: 'https://a.b',
    version: '7',
  })
  expect(readFeedInfo(file('feed_lang,feed_publisher_name\nbg,\n'))).toEqual({
    publisher: null,
    url: null,
    version: null,
  })
  expect(readFeedInfo(new Map())).toEqual({ publisher: null, url: null, version: null })
})
