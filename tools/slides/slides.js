// Opens the deck, and makes what is too tall for a slide as much smaller as it takes.
const HEIGHT = 720;
const deck = new Reveal(document.querySelector(".reveal"), {
  width: 1280, height: HEIGHT, margin: 0.02, minScale: 0.1, maxScale: 4,
  center: false, hash: true, slideNumber: "c/t", transition: "none", plugins: [RevealNotes],
});
function fit(event) {
  const slide = event.currentSlide;
  slide.style.zoom = 1;
  const scale = (HEIGHT - 30) / slide.scrollHeight; // the arrows stand below
  if (scale < 1) slide.style.zoom = scale;
}
deck.on("ready", fit);
deck.on("slidechanged", fit);
deck.initialize();
