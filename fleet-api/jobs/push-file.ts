import { AwsClient } from 'aws4fetch'
import { toHex } from '../../domain/bytes.ts'
import type { OutboundRules } from '../../domain/outbound-url.ts'
import type { ReportSecret, ReportTarget } from '../../domain/report-target.ts'
import type { ReportFile } from '../reports/files/file-of.ts'
import { sendOut } from './send-out.ts'
import type { Sentence } from '../../domain/sentences/sentence.ts'

const TIMEOUT_MS = 60_000

/** Where the file went and what came of it; `error` is a sentence without anything secret. */
export interface PushResult {
  location: string
  error: Sentence | null
}

/**
 * Sends a report's file: as a POST to an address, or into a bucket by S3's protocol (signature version 4, path style). `key` is the same at every try, so that the receiver can tell a
 * repeated push; in a bucket the file's name is, so that it lies there once.
 */
export async function pushFile(
  file: ReportFile,
  target: ReportTarget,
  secret: ReportSecret,
  options: { key: string; outbound: OutboundRules },
): Promise<PushResult> {
  const location = target.kind === 'http' ? target.url : bucketAddress(target, file.name)
  const makeRequest = () =>
    target.kind === 'http' ? toAddress(file, target, secret, options.key) : toBucket(file, target, secret)
  const { error } = await sendOut(location, makeRequest, { outbound: options.outbound, timeoutMs: TIMEOUT_MS })
  return { location, error }
}

function toAddress(
  file: ReportFile,
  target: Extract<ReportTarget, { kind: 'http' }>,
  secret: ReportSecret,
  key: string,
): Request {
  return new Request(`${target.url}${secret.search ?? ''}`, {
    method: 'POST',
    headers: {
      ...secret.headers,
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.name}"`,
      'idempotency-key': key,
      'user-agent': 'Zaryad-Reports/1',
    },
    body: file.bytes,
  })
}

async function toBucket(
  file: ReportFile,
  target: Extract<ReportTarget, { kind: 's3' }>,
  secret: ReportSecret,
): Promise<Request> {
  const client = new AwsClient({
    accessKeyId: target.accessKeyId,
    secretAccessKey: secret.secretAccessKey ?? '',
    service: 's3',
    region: target.region,
    retries: 0,
  })
  return client.sign(bucketAddress(target, file.name), {
    method: 'PUT',
    headers: { 'content-type': file.contentType, 'x-amz-content-sha256': await sha256(file.bytes) },
    body: file.bytes,
  })
}

function bucketAddress({ endpoint, bucket, prefix }: Extract<ReportTarget, { kind: 's3' }>, name: string): string {
  const path = [bucket, ...prefix.split('/'), name].filter((part) => part !== '').map(encodeURIComponent)
  return `${endpoint.replace(/\/+$/, '')}/${path.join('/')}`
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
