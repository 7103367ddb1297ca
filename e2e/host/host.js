// Where Scoreline is served; a real host writes the address down.
const scoreline = new URLSearchParams(location.search).get('scoreline');
if (scoreline) await import(`${scoreline}embed/scoreline-demo.js`);

const demo = document.querySelector('scoreline-demo[room="read"]');
const output = document.querySelector('output');

demo.addEventListener('scoreline-progress', ({ detail }) => {
  output.textContent = detail.step;
});

document.querySelector('input').addEventListener('change', async ({ currentTarget }) => {
  const [file] = currentTarget.files;
  try {
    // The bytes are handed over, not an address.
    const { musicxml, symbols, backend } = await demo.load(await file.arrayBuffer(), file.name);
    output.textContent = `${symbols} symbols, read on ${backend}`;
    document.querySelector('pre').textContent = musicxml;
  } catch (error) {
    output.textContent = `${error.cause}: ${error.message}`;
  }
});
