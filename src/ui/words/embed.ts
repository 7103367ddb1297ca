/** Words of the rooms within other sites' pages. */
export const embed = {
  newTab: 'opens in a new tab',
  errors: {
    notThisRoom: 'This room reads no music.',
    nothingLoaded: 'The host has loaded no page, or the visitor has opened another one since.',
  },
};
