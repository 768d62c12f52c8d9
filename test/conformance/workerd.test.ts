import { startDatabaseServer } from '../support/database-server.ts'
import { startWorkerd } from '../support/workerd.ts'
import { describeConversation } from './conversation.ts'

describeConversation('Cloudflare Workers', async () => {
  const database = await startDatabaseServer()
  const workerd = await startWorkerd(database.url, { STATION_POLICY: 'known' })
  return {
    wsUrl: workerd.url.replace(/^http/, 'ws'),
    db: database.db,
    command: (stationId, command) => workerd.command(stationId, command),
    async stop() {
      await workerd.close()
      await database.close()
    },
  }
})
