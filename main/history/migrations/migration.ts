/** One numbered change of the schema. It is never edited after a release; a later change is a later migration. */
export interface Migration {
  /** The `user_version` that it leads to, from the one before. */
  readonly version: number
  readonly sql: string
}
