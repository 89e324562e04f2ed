/** What of the page Train is open. It lives as long as the window. */
class TrainPageView {
  showsSettings = $state(false)
  showsSeeds = $state(false)
  showsExpectation = $state(false)
}

export const trainPage = new TrainPageView()
