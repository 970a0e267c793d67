using System.Collections.Frozen;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V16;
using Voltgate.Ocpp.V2;

namespace Voltgate.Ocpp;

/// <summary>
/// One OCPP version as the platform speaks it: two tables and the rules of its RPC layer. Whoever uses it knows
/// no version: what a station says comes out as <see cref="StationMessage"/>, what it is told goes in as
/// <see cref="StationCommand"/>.
/// </summary>
public sealed class Dialect(
    string subprotocol,
    RpcRules rules,
    IReadOnlyList<Route> routes,
    IReadOnlyList<CommandRoute> commands,
    ReceiptWords receipts)
{
    private readonly FrozenDictionary<string, Route> _routes = routes.ToFrozenDictionary(r => r.Action);
    private readonly FrozenDictionary<Type, CommandRoute[]> _commands =
        commands.GroupBy(c => c.Command).ToFrozenDictionary(c => c.Key, c => c.ToArray());

    /// <summary>The dialects in the platform's order of preference.</summary>
    public static IReadOnlyList<Dialect> All { get; } = [V2Dialect.V21, V2Dialect.V201, V16Dialect.Instance];

    /// <summary>The WebSocket subprotocol's name, "ocpp1.6".</summary>
    public string Subprotocol => subprotocol;

    public RpcRules Rules => rules;

    public IReadOnlyList<Route> Routes => routes;

    public IReadOnlyList<CommandRoute> Commands => commands;

    /// <summary>The dialect of a WebSocket subprotocol; null: none of ours.</summary>
    public static Dialect? For(string subprotocol) => All.FirstOrDefault(d => d.Subprotocol == subprotocol);

    /// <summary>
    /// Reads what a station says. An unknown action is NotImplemented, a known one without a row NotSupported.
    /// </summary>
    public Understanding Read(string action, WireValue payload)
    {
        if (_routes.TryGetValue(action, out var route)) return route.Read(payload);
        return receipts.KnownActions.Contains(action)
            ? new Refused(RpcErrorCode.NotSupported, $"{action} is not served by the platform")
            : new Refused(RpcErrorCode.NotImplemented, $"{subprotocol} has no such action");
    }

    /// <summary>Words a command; null: this version cannot say it, the command is Unsupported.</summary>
    public WordedCommand? Write(StationCommand command) => Find(command)?.Worded;

    /// <summary>Why a request cannot be sent as it is; null: it can.</summary>
    public Violation? Check(SendRequest request)
    {
        var row = _commands.GetValueOrDefault(typeof(SendRequest), []).FirstOrDefault(r => r.Action == request.Action);
        if (row is null)
            return new Violation(RpcErrorCode.NotImplemented, "", $"{subprotocol} has no request {request.Action}");
        return WireValue.Parse(request.Payload) is { } payload
            ? row.Check(payload)
            : new Violation(RpcErrorCode.FormatViolation, "", "the payload is not JSON that can be sent");
    }

    /// <summary>What became of a command's CALL.</summary>
    public Receipt ReadReceipt(StationCommand command, CallOutcome outcome) => outcome switch
    {
        CallAnswered { Payload: var payload } => ReadAnswer(command, payload),
        CallRefused { Code: RpcErrorCode.NotImplemented or RpcErrorCode.NotSupported } refused =>
            new Receipt(Answer.Unsupported, refused.Word, refused.Payload) { IsError = true },
        CallRefused refused => new Receipt(Answer.Rejected, refused.Word, refused.Payload) { IsError = true },
        CallUnsent { Reason: UnsentReason.NotConnected } => new Receipt(Answer.Offline, "NotConnected"),
        CallUnsent { Reason: var reason } => new Receipt(Answer.TimedOut, reason.ToString()),
        // Sent, and the link broke: the station may have heard us.
        CallCutOff => new Receipt(Answer.Offline, "ConnectionLost"),
        _ => new Receipt(Answer.TimedOut, "NoAnswer"),
    };

    /// <summary>Of the rows for a command the first that has words for this one.</summary>
    private (CommandRoute Row, WordedCommand Worded)? Find(StationCommand command)
    {
        foreach (var row in _commands.GetValueOrDefault(command.GetType(), []))
            if (row.Write(command) is { } payload) return (row, new WordedCommand(row.Action, payload));
        return null;
    }

    private Receipt ReadAnswer(StationCommand command, WireValue payload)
    {
        var row = Find(command)!.Value.Row;
        var receipt = row.Judge(payload) ?? (row.HasStatus
            ? receipts.Judge(payload)
            : new Receipt(Answer.Accepted, nameof(Answer.Accepted), row.Show(payload)));
        return receipt.Answer == Answer.Accepted
            ? receipt with { Configuration = row.Learn(command, payload) }
            : receipt;
    }
}

/// <summary>How a version's answers to commands are judged.</summary>
/// <param name="KnownActions">Every action the version has, with or without a row here.</param>
/// <param name="Accepting">The status words that mean yes.</param>
/// <param name="Unsupporting">The status words that mean "cannot".</param>
public sealed record ReceiptWords(
    FrozenSet<string> KnownActions, FrozenSet<string> Accepting, FrozenSet<string> Unsupporting)
{
    internal Receipt Judge(WireValue payload)
    {
        var json = payload.ToString();
        var read = Fields.Read(payload, static f => f.Text("status"));
        if (read.Value is not { } status) return new Receipt(Answer.Rejected, read.Violation!.Code.ToString(), json);
        if (Accepting.Contains(status)) return new Receipt(Answer.Accepted, status, json);
        return new Receipt(Unsupporting.Contains(status) ? Answer.Unsupported : Answer.Rejected, status, json);
    }
}
