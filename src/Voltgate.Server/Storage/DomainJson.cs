using System.Text.Json;
using System.Text.Json.Serialization;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Storage;

/// <summary>
/// How the domain's records lie in the <c>body</c> columns. Left out are nulls and what follows from the rest.
/// </summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ChargeStation))]
[JsonSerializable(typeof(Connector))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(StationAction))]
[JsonSerializable(typeof(Reservation))]
[JsonSerializable(typeof(TokenList))]
[JsonSerializable(typeof(RatePlan))]
[JsonSerializable(typeof(EnergyReport[]))]
[JsonSerializable(typeof(IReadOnlyList<EnergyReport>))]
internal sealed partial class DomainJson : JsonSerializerContext
{
    public static byte[] Write(ChargeStation station) =>
        JsonSerializer.SerializeToUtf8Bytes(station, Default.ChargeStation);

    public static byte[] Write(Connector connector) =>
        JsonSerializer.SerializeToUtf8Bytes(connector, Default.Connector);

    public static byte[] Write(Session session) => JsonSerializer.SerializeToUtf8Bytes(session, Default.Session);

    public static byte[] Write(StationAction action) =>
        JsonSerializer.SerializeToUtf8Bytes(action, Default.StationAction);

    public static byte[] Write(Reservation reservation) =>
        JsonSerializer.SerializeToUtf8Bytes(reservation, Default.Reservation);

    public static byte[] Write(TokenList list) => JsonSerializer.SerializeToUtf8Bytes(list, Default.TokenList);

    public static ChargeStation ReadStation(string body) => JsonSerializer.Deserialize(body, Default.ChargeStation)!;

    public static Connector ReadConnector(string body) => JsonSerializer.Deserialize(body, Default.Connector)!;

    public static Session ReadSession(string body) => JsonSerializer.Deserialize(body, Default.Session)!;

    public static StationAction ReadAction(string body) => JsonSerializer.Deserialize(body, Default.StationAction)!;

    public static Reservation ReadReservation(string body) =>
        JsonSerializer.Deserialize(body, Default.Reservation)!;

    public static TokenList ReadTokenList(string body) => JsonSerializer.Deserialize(body, Default.TokenList)!;

    public static RatePlan ReadPlan(string body) => JsonSerializer.Deserialize(body, Default.RatePlan)!;
}
