import type { Command, CommandType } from '../../domain/command.ts'

export type CommandOf<Type extends CommandType> = Extract<Command, { type: Type }>
