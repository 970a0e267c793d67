declare module "virtual:theme.css";
declare module "world-atlas/*.json" {
  const topology: import("topojson-specification").Topology;
  export default topology;
}
