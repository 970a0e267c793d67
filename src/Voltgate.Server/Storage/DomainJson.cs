using System.Text.Json;
using System.Text.Json.Serialization;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Storage;

/// <summary>How the domain's records lie in the <c>body</c> columns. Null is left out; nothing else is.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ChargeStation))]
[JsonSerializable(typeof(Connector))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(StationAction))]
[JsonSerializable(typeof(RatePlan))]
[JsonSerializable(typeof(EnergyReport[]))]
[JsonSerializable(typeof(IReadOnlyList<EnergyReport>))]
internal sealed partial class DomainJson : JsonSerializerContext
{
    public static string Write(ChargeStation station) => JsonSerializer.Serialize(station, Default.ChargeStation);

    public static string Write(Connector connector) => JsonSerializer.Serialize(connector, Default.Connector);

    public static string Write(Session session) => JsonSerializer.Serialize(session, Default.Session);

    public static string Write(StationAction action) => JsonSerializer.Serialize(action, Default.StationAction);

    public static ChargeStation ReadStation(string body) => JsonSerializer.Deserialize(body, Default.ChargeStation)!;

    public static Connector ReadConnector(string body) => JsonSerializer.Deserialize(body, Default.Connector)!;

    public static Session ReadSession(string body) => JsonSerializer.Deserialize(body, Default.Session)!;

    public static StationAction ReadAction(string body) => JsonSerializer.Deserialize(body, Default.StationAction)!;

    public static RatePlan ReadPlan(string body) => JsonSerializer.Deserialize(body, Default.RatePlan)!;
}
