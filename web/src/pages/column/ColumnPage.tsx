export function ColumnPage() {
  return <p>soon</p>;
}
