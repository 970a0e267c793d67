using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp.V2;

/// <summary>
/// How one edition of 2.x reads and writes the records: what it does not know yet is left out, and what is sent to a
/// station is held to the edition's own rules before. Answers are not: they are sent often, and their words are ours.
/// </summary>
public sealed class V2Wire
{
    private readonly JsonSerializerOptions _options;

    private V2Wire(Edition edition) => (Edition, _options) = (edition, OptionsOf(edition));

    public static V2Wire V201 { get; } = new(Edition.V201);

    public static V2Wire V21 { get; } = new(Edition.V21);

    public Edition Edition { get; }

    /// <summary>How a record is written.</summary>
    public JsonTypeInfo<T> Json<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));

    /// <summary>A message from the station.</summary>
    internal Route Said<TRequest, TReply, TResponse>(
        string action,
        Func<Fields, TRequest> read,
        Func<TRequest, StationMessage> word,
        Func<TReply, TResponse> answer,
        bool lenient = false)
        where TRequest : class
        where TReply : Reply => Route.Of(action, read, Json<TResponse>(), word, answer, lenient, Edition);

    /// <summary>A message from the station that is only kept.</summary>
    internal Route Kept<TRequest, TResponse>(
        string action,
        Func<Fields, TRequest> read,
        Func<TRequest, TResponse> answer,
        Func<TRequest, IReadOnlyList<ConnectorReported>>? statuses = null)
        where TRequest : class => Route.Filing(action, read, Json<TResponse>(), answer, Edition, statuses);

    /// <summary>As <see cref="Kept{TRequest,TResponse}"/>, answered by the object without fields.</summary>
    internal Route Kept<TRequest>(string action, Func<Fields, TRequest> read)
        where TRequest : class => Kept(action, read, static _ => EmptyResponse.Instance);

    /// <summary>A message from the station that is kept as it came, beside what is made of it.</summary>
    internal Route Passed<TRequest, TReply, TResponse>(
        string action,
        Func<Fields, TRequest> read,
        Func<TRequest, Filed, StationMessage> word,
        Func<TReply, TResponse> answer)
        where TRequest : class
        where TReply : Reply => Route.Passing(action, read, Json<TResponse>(), word, answer, Edition);

    /// <summary>A command to the station. What the edition's rules do not allow it cannot say.</summary>
    internal CommandRoute Told<TCommand, TRequest>(
        string action,
        Func<Fields, TRequest> read,
        Func<TCommand, TRequest?> word,
        Func<TCommand, WireValue, IReadOnlyDictionary<string, string>?>? learn = null,
        Func<WireValue, string>? show = null,
        Func<WireValue, Receipt?>? judge = null,
        bool hasStatus = true)
        where TCommand : StationCommand
        where TRequest : class => CommandRoute.Of(
            action,
            Json<TRequest>(),
            (TCommand command) => word(command) is { } worded && IsSayable(worded, read) ? worded : null,
            learn, show, judge, hasStatus);

    /// <summary>A request that goes out as somebody else worded it.</summary>
    internal CommandRoute Free<TRequest>(
        string action, Func<Fields, TRequest> read, bool hasStatus = true, Func<WireValue, string>? show = null)
        where TRequest : class => CommandRoute.Free(action, payload => Check(payload, read), hasStatus, show);

    /// <summary>The first thing in a payload that is not as the edition wants it; null: nothing.</summary>
    public Violation? Check<T>(WireValue payload, Func<Fields, T> read)
        where T : class
    {
        var reading = Fields.Read(payload, read, edition: Edition);
        if (reading.Value is not { } value) return reading.Violation;
        var known = WireValue.Parse(JsonSerializer.SerializeToUtf8Bytes(value, Json<T>()));
        return known is { } written ? Surplus.Find(payload, written) : null;
    }

    private bool IsSayable<T>(T worded, Func<Fields, T> read)
        where T : class =>
        WireValue.Parse(JsonSerializer.SerializeToUtf8Bytes(worded, Json<T>())) is { } payload
        && Check(payload, read) is null;

    // The last edition writes all there is: the context's own options are the fast way.
    private static JsonSerializerOptions OptionsOf(Edition edition) => edition == Edition.V21
        ? V2Json.Default.Options
        : new JsonSerializerOptions(V2Json.Default.Options)
        {
            TypeInfoResolver = V2Json.Default.WithAddedModifier(SinceAttribute.LeaveOutAfter(edition)),
        };
}
