/** The header by which a mirror tells a program that its address has a wrong code, or none, or that it must wait. */
export const codeRefusalHeader = 'conv-lab-code'
