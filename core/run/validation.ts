/** How many of so many training images a validation share holds out: at least one where there is a share. */
export function heldOutImages(images: number, validationShare: number): number {
  return validationShare === 0 ? 0 : Math.max(1, Math.round(images * validationShare))
}
