import type { Route } from './routes.ts'
import { routeOf } from './routes.ts'

/** The page in view, according to the address. */
class CurrentRoute {
  current = $state.raw<Route>(routeOf(window.location.hash))

  constructor() {
    window.addEventListener('hashchange', () => {
      this.current = routeOf(window.location.hash)
    })
  }

  /** Says the same place more exactly, without a step of its own on the way back. */
  correct(address: string): void {
    window.history.replaceState(window.history.state, '', address)
    this.current = routeOf(address)
  }
}

export const route = new CurrentRoute()
