/**
 * How the parts of the history reach it. An action is one transaction, and errors of SQLite and of the file system
 * become problems that a person can read, as `History` says.
 */
export interface Access {
  read<Result>(action: () => Result): Result
  /** See `atomically`. */
  atomically<Result>(action: () => Result): Result
  /** See `durably`. */
  durably<Result>(action: () => Result): Result
}
