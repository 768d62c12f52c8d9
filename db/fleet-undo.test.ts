import { expect, test } from 'vitest'
import { readUndo, takenBack, writeUndo } from './fleet-undo.ts'

const row = (label: string, bayId: string | null) => ({
  id: 'bus-1',
  label,
  site_id: 'depot',
  type_id: 'solo',
  bay_id: bayId,
  in_service: true,
})

test('what the file changed is as before, and what somebody changed since stays', () => {
  const change = { table: 'vehicle' as const, before: row('old', 'A1'), after: row('new', 'A2') }
  expect(takenBack(change, row('new', 'A2'))).toEqual({ row: row('old', 'A1'), keptColumns: [] })
  expect(takenBack(change, row('by hand', 'A2'))).toEqual({ row: row('by hand', 'A1'), keptColumns: ['label'] })
  // What the file did not touch is nobody's business.
  expect(takenBack(change, { ...row('new', 'A2'), in_service: false }).row).toEqual({
    ...row('old', 'A1'),
    in_service: false,
  })
})

test('what somebody has put back by hand needs no word', () => {
  const change = { table: 'vehicle' as const, before: row('old', 'A1'), after: row('new', 'A1') }
  expect(takenBack(change, row('old', 'A1'))).toEqual({ row: row('old', 'A1'), keptColumns: [] })
})

test('what is kept is read as it was written, and nothing else is', () => {
  const undo = {
    version: 'b',
    versionBefore: null,
    changes: [{ table: 'vehicle' as const, before: null, after: row('new', null) }],
  }
  expect(readUndo(writeUndo(undo))).toEqual(undo)
  expect(() => readUndo(new TextEncoder().encode('{"version":"b","changes":[{"table":"auth_user"}]}'))).toThrow()
})
