using Voltgate.Domain.Events;

namespace Voltgate.Domain.Stations;

/// <summary>
/// The heart: what happens to a station, decided by one pure function. No clock, no I/O, no randomness; refusals are
/// values; duplicates and late messages are ordinary cases.
/// </summary>
public static class StationMachine
{
    public static Outcome Step(ChargeStation station, StationInput input, Known known, long nowMs)
    {
        var decision = new Decision(station, known, nowMs);
        switch (input)
        {
            case Said said:
                Hear(decision, said);
                break;
            case LinkUp up:
                LinkMachine.Up(decision, up);
                break;
            case LinkDown:
                LinkMachine.Down(decision);
                break;
            case LinkSettled:
                LinkMachine.Settled(decision);
                break;
            case HoursTurned turned:
                HoursMachine.Turn(decision, turned);
                break;
            case LoadTurned load:
                LoadMachine.Turn(decision, load);
                break;
            case LoadReleased released:
                LoadMachine.Release(decision, released.Connector);
                break;
            case Suspected suspected:
                decision.Raise(new SecurityNotice(suspected.Kind, suspected.Detail, decision.Station));
                break;
            case Ordered ordered:
                OrderMachine.Take(decision, ordered.Order);
                break;
            case TimedOut:
                ClockMachine.Look(decision);
                break;
            case Handed handed:
                ReceiptMachine.Hand(decision, handed.Errand);
                break;
            case Answered answered:
                ReceiptMachine.Take(decision, answered.Errand, answered.Receipt);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input, "Not an input of a station.");
        }

        return decision.Close();
    }

    private static void Hear(Decision decision, Said said)
    {
        decision.Said = said;
        decision.Station = decision.Station with { LastMessageAtMs = decision.NowMs };
        if (decision.Station.Bursts is not null) SecurityMachine.Look(decision);
        Take(decision, said);
    }

    private static void Take(Decision decision, Said said)
    {
        switch (said.Message)
        {
            case MeterReported meter:
                MeterMachine.Report(decision, meter);
                break;
            case Pulsed:
                LinkMachine.Pulse(decision);
                break;
            case ConnectorReported connector:
                ConnectorMachine.Report(decision, connector, said.Raw);
                break;
            case TransactionStarted started:
                TransactionMachine.Start(decision, started);
                break;
            case TransactionEnded ended:
                StopMachine.End(decision, ended);
                break;
            case TransactionTold told:
                EventMachine.Hear(decision, told);
                break;
            case TokenPresented presented:
                TokenMachine.Present(decision, presented);
                break;
            case Booted booted:
                LinkMachine.Boot(decision, booted.Info);
                break;
            case FirmwareReported firmware:
                LinkMachine.Firmware(decision, firmware.Status);
                break;
            case DiagnosticsReported diagnostics:
                LinkMachine.Diagnostics(decision, diagnostics.Status);
                break;
            case SecurityReported security:
                SecurityMachine.Report(decision, security);
                break;
            case CertificateWanted:
                SecurityMachine.Answer(decision);
                break;
            case SettingsReported report:
                LinkMachine.Settings(decision, report);
                break;
            case VehicleTold vehicle:
                VehicleMachine.Hear(decision, vehicle, said.Raw);
                break;
            case Filed filed:
                LinkMachine.Relay(decision, filed);
                break;
            case Consulted consulted:
                LinkMachine.Consult(decision, consulted);
                break;
            case DataSent:
                // OCPP 1.6 §4.3: no vendor of data is known yet; the raw message is stored.
                decision.Reply = new DataAnswered(DataVerdict.UnknownVendorId);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(said), said.Message, "Not a message of a station.");
        }
    }
}
