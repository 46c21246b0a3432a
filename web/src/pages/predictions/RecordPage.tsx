export function RecordPage() {
  return <p>soon</p>;
}
