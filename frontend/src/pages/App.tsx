/** The app: which screen an address shows. */
export function App() {
  return <h1>desirepath</h1>;
}
