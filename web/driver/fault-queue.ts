import type { FaultRequest } from '../parts/api-types.ts'

/** A report on its way to the depot. It stays in the phone until the depot has it. */
export interface WaitingFault {
  /** Chosen here, so that sending twice is reporting once. */
  reportId: string
  body: FaultRequest
  photo: Blob | null
  /** What it is about, in the driver's words. */
  label: string
  /** Why the server will not have it; null: not asked yet, or not reached. */
  refused: string | null
}

const NAME = 'zaryad-driver'
const STORE = 'faults'

/** Where reports wait: in the browser's database, or, where it has none for us, in memory as long as the page is open. */
export interface FaultStore {
  all(): Promise<WaitingFault[]>
  put(fault: WaitingFault): Promise<void>
  remove(reportId: string): Promise<void>
}

export async function openFaultStore(): Promise<FaultStore> {
  try {
    return storeIn(await openDatabase())
  } catch {
    return storeInMemory()
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE, { keyPath: 'reportId' }))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('no database')))
    request.addEventListener('blocked', () => reject(new Error('the database is blocked')))
  })
}

function storeIn(database: IDBDatabase): FaultStore {
  const run = <Value>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode)
      const request = act(transaction.objectStore(STORE))
      // Only what is committed is kept.
      transaction.addEventListener('complete', () => resolve(request.result))
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('not kept')))
    })
  return {
    all: () => run('readonly', (store) => store.getAll() as IDBRequest<WaitingFault[]>),
    put: async (fault) => void (await run('readwrite', (store) => store.put(fault))),
    remove: async (reportId) => void (await run('readwrite', (store) => store.delete(reportId))),
  }
}

function storeInMemory(): FaultStore {
  const faults = new Map<string, WaitingFault>()
  return {
    all: async () => [...faults.values()],
    put: async (fault) => void faults.set(fault.reportId, fault),
    remove: async (reportId) => void faults.delete(reportId),
  }
}
