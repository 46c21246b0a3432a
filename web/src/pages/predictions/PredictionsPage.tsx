export function PredictionsPage() {
  return <p>soon</p>;
}
