/** Words of the rooms within other sites' pages. */
export const embed = {
  newTab: 'opens in a new tab',
  errors: {
    nothingLoaded: 'The host has loaded no page, or the visitor has opened another one since.',
  },
};
