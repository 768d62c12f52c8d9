import type { Db } from './database.ts'
import { rewriteFaultAlert } from './fault-reports.ts'
import type { FaultPhotoTable } from './tables/drivers.ts'

export interface FaultPhoto {
  type: FaultPhotoTable['type']
  sha256: string
  bytes: Uint8Array
}

/** Lays a photo beside a report. The same photo again changes nothing; a report has one, and keeps it: `differs`. */
export function keepFaultPhoto(db: Db, reportId: string, photo: FaultPhoto, at: Date): Promise<'kept' | 'differs'> {
  return db.transaction().execute(async (tx) => {
    const inserted = await tx
      .insertInto('fault_photo')
      .values({ report_id: reportId, ...photo, received_at: at })
      .onConflict((conflict) => conflict.column('report_id').doNothing())
      .returning('report_id')
      .executeTakeFirst()
    if (inserted === undefined) {
      const known = await tx
        .selectFrom('fault_photo')
        .select('sha256')
        .where('report_id', '=', reportId)
        .executeTakeFirst()
      return known?.sha256 === photo.sha256 ? 'kept' : 'differs'
    }
    await tx.updateTable('fault_report').set({ has_photo: true }).where('id', '=', reportId).execute()
    await rewriteFaultAlert(tx, reportId, at)
    return 'kept'
  })
}

export async function faultPhoto(db: Db, reportId: string): Promise<FaultPhoto | undefined> {
  return db
    .selectFrom('fault_photo')
    .select(['type', 'sha256', 'bytes'])
    .where('report_id', '=', reportId)
    .executeTakeFirst()
}

/** Throws away the photos of reports that were done before `before`; the reports stay. Returns how many. */
export function forgetFaultPhotos(db: Db, before: Date): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const old = tx.selectFrom('fault_report').select('id').where('has_photo', '=', true).where('done_at', '<', before)
    const gone = await tx.deleteFrom('fault_photo').where('report_id', 'in', old).returning('report_id').execute()
    if (gone.length > 0)
      await tx
        .updateTable('fault_report')
        .set({ has_photo: false })
        .where(
          'id',
          'in',
          gone.map((one) => one.report_id),
        )
        .execute()
    return gone.length
  })
}
