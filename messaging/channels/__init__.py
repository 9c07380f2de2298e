"""One module for each way out: Twilio SMS, e-mail, and the simulator that delivers to nobody."""
