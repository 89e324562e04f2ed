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
}

export const route = new CurrentRoute()
