using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp;

/// <summary>One row of a dialect's first table: a message from the station, and how its answer is worded.</summary>
public sealed class Route
{
    private readonly Func<WireValue, Route, Understanding> _read;
    private readonly Func<Reply, byte[]> _answer;

    private Route(string action, Func<WireValue, Route, Understanding> read, Func<Reply, byte[]> answer) =>
        (Action, _read, _answer) = (action, read, answer);

    public string Action { get; }

    /// <summary>It is answered from what the message says, whatever comes of it.</summary>
    public bool AnswersFromMessage { get; private init; }

    /// <param name="edition">Which edition's rules the message is held to, where there is more than one.</param>
    /// <param name="lenient">A transaction message, or a boot: semantic nonsense in it is kept, not refused.</param>
    public static Route Of<TRequest, TReply, TResponse>(
        string action,
        Func<Fields, TRequest> request,
        JsonTypeInfo<TResponse> response,
        Func<TRequest, StationMessage> word,
        Func<TReply, TResponse> answer,
        bool lenient = false,
        Edition edition = Edition.V21)
        where TRequest : class
        where TReply : Reply => new(
            action,
            (payload, route) => Fields.Read(payload, request, lenient, edition) switch
            {
                { Value: { } value } read =>
                    new Understood(route, word(value), read.ExtraFields) { Doubt = read.Doubt },
                var read => new Refused(read.Violation!.Code, read.Violation.ToString()),
            },
            reply => JsonSerializer.SerializeToUtf8Bytes(answer((TReply)reply), response));

    /// <summary>A message that is only kept (<see cref="Filed"/>), and answered from what it says.</summary>
    /// <param name="statuses">What it tells of connectors besides.</param>
    public static Route Filing<TRequest, TResponse>(
        string action,
        Func<Fields, TRequest> request,
        JsonTypeInfo<TResponse> response,
        Func<TRequest, TResponse> answer,
        Edition edition,
        Func<TRequest, IReadOnlyList<ConnectorReported>>? statuses = null)
        where TRequest : class => new(
            action,
            (payload, route) => Fields.Read(payload, request, edition: edition) switch
            {
                { Value: { } value } read => new Understood(
                    new Route(action, route._read, _ => JsonSerializer.SerializeToUtf8Bytes(answer(value), response))
                    {
                        AnswersFromMessage = true,
                    },
                    new Filed(action, payload.ToString()) { Statuses = statuses?.Invoke(value) ?? [] },
                    read.ExtraFields),
                var read => new Refused(read.Violation!.Code, read.Violation.ToString()),
            },
            _ => throw new InvalidOperationException("It is answered from the message."));

    /// <summary>A message that is kept as it came, beside what is made of it.</summary>
    public static Route Passing<TRequest, TReply, TResponse>(
        string action,
        Func<Fields, TRequest> request,
        JsonTypeInfo<TResponse> response,
        Func<TRequest, Filed, StationMessage> word,
        Func<TReply, TResponse> answer,
        Edition edition)
        where TRequest : class
        where TReply : Reply => new(
            action,
            (payload, route) => Fields.Read(payload, request, edition: edition) switch
            {
                { Value: { } value } read => new Understood(
                    route, word(value, new Filed(action, payload.ToString())), read.ExtraFields),
                var read => new Refused(read.Violation!.Code, read.Violation.ToString()),
            },
            reply => JsonSerializer.SerializeToUtf8Bytes(answer((TReply)reply), response));

    /// <summary>The payload of the CALLRESULT. The reply must be of the kind this message is answered with.</summary>
    public byte[] Answer(Reply reply) => _answer(reply);

    internal Understanding Read(WireValue payload) => _read(payload, this);
}

/// <summary>One row of a dialect's second table: a command to the station, and the request that words it.</summary>
public sealed class CommandRoute
{
    private readonly Func<StationCommand, byte[]?> _write;
    private readonly Func<StationCommand, WireValue, IReadOnlyDictionary<string, string>?> _learn;

    private CommandRoute(
        string action,
        Type command,
        Func<StationCommand, byte[]?> write,
        Func<StationCommand, WireValue, IReadOnlyDictionary<string, string>?> learn)
    {
        (Action, Command) = (action, command);
        (_write, _learn) = (write, learn);
    }

    public string Action { get; }

    public Type Command { get; }

    /// <summary>False: the answer has no status, that there is one means yes.</summary>
    public bool HasStatus { get; private init; }

    private Func<WireValue, Violation?>? Checks { get; init; }

    private Func<WireValue, string>? Shows { get; init; }

    private Func<WireValue, Receipt?>? Judges { get; init; }

    /// <param name="word">Null: this version has no words for that particular command.</param>
    /// <param name="learn">What an accepting answer tells of the station's configuration.</param>
    /// <param name="show">The answer as it may be kept; null: as it came.</param>
    /// <param name="judge">The receipt where an answer means something of its own; null from it: as usual.</param>
    public static CommandRoute Of<TCommand, TRequest>(
        string action,
        JsonTypeInfo<TRequest> request,
        Func<TCommand, TRequest?> word,
        Func<TCommand, WireValue, IReadOnlyDictionary<string, string>?>? learn = null,
        Func<WireValue, string>? show = null,
        Func<WireValue, Receipt?>? judge = null,
        bool hasStatus = true)
        where TCommand : StationCommand
        where TRequest : class => new(
            action,
            typeof(TCommand),
            command => word((TCommand)command) is { } worded
                ? JsonSerializer.SerializeToUtf8Bytes(worded, request)
                : null,
            (command, payload) => learn?.Invoke((TCommand)command, payload))
        {
            HasStatus = hasStatus,
            Shows = show,
            Judges = judge,
        };

    /// <summary>A request that goes out as it was given, once it is held to its record.</summary>
    /// <param name="check">What is wrong with a payload; null: nothing.</param>
    /// <param name="hasStatus">Whether the answer has a status.</param>
    /// <param name="show">The answer as it may be kept; null: as it came.</param>
    public static CommandRoute Free(
        string action, Func<WireValue, Violation?> check, bool hasStatus, Func<WireValue, string>? show = null) => new(
        action,
        typeof(SendRequest),
        command => command is SendRequest request && request.Action == action
            && WireValue.Parse(request.Payload) is { } payload && check(payload) is null
                ? payload.Utf8.ToArray()
                : null,
        (_, _) => null)
        {
            HasStatus = hasStatus,
            Checks = check,
            Shows = show,
        };

    internal Violation? Check(WireValue payload) => Checks?.Invoke(payload);

    internal byte[]? Write(StationCommand command) => _write(command);

    internal IReadOnlyDictionary<string, string>? Learn(StationCommand command, WireValue payload) =>
        _learn(command, payload);

    internal string Show(WireValue payload) => Shows?.Invoke(payload) ?? payload.ToString();

    internal Receipt? Judge(WireValue payload) => Judges?.Invoke(payload);
}

/// <summary>What a dialect made of a CALL.</summary>
public abstract record Understanding;

/// <param name="ExtraFields">How many fields no version knows; they were ignored.</param>
public sealed record Understood(Route Route, StationMessage Message, int ExtraFields) : Understanding
{
    /// <summary>What was kept although it is nonsense: "field: why"; null: nothing.</summary>
    public string? Doubt { get; init; }
}

/// <summary>The CALL is to be answered with this CALLERROR.</summary>
public sealed record Refused(RpcErrorCode Code, string Description) : Understanding;

/// <summary>A command in a version's words: the CALL to send.</summary>
public sealed record WordedCommand(string Action, byte[] Payload);
