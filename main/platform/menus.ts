/** Whether menus belong to applications, in the bar of the screen (macOS), and not to windows. */
export const menusOfApplications = process.platform === 'darwin'
